/** The closed loop between what a recommender shows and what people come to like. */
module dev.slate.sim {
  requires transitive dev.slate.data;
  requires static org.jspecify;
  requires info.picocli;
  requires java.compiler;
  requires de.siegmar.fastcsv;
  requires com.fasterxml.jackson.databind;
  requires org.apache.commons.rng.core;
  requires org.apache.commons.statistics.distribution;

  exports dev.slate.sim;

  opens dev.slate.sim.cli to
      info.picocli;

  uses dev.slate.sim.Selector;

  provides dev.slate.sim.Selector with
      dev.slate.sim.select.RandomSelector,
      dev.slate.sim.select.PopularSelector,
      dev.slate.sim.select.EditorialSelector,
      dev.slate.sim.select.AdvertisementSelector,
      dev.slate.sim.select.NearestSelector,
      dev.slate.sim.select.NearestHalfRandomSelector,
      dev.slate.sim.select.NearestOneDifferentSelector,
      dev.slate.sim.select.NeighbourhoodSelector,
      dev.slate.sim.select.ContrarianSelector,
      dev.slate.sim.select.ExploreThenSettleSelector,
      dev.slate.sim.select.BalancedSelector;
}
