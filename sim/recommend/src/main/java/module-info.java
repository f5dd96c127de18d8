/** From logged feedback to measured recommendations. */
module dev.slate.recommend {
  requires transitive dev.slate.data;
  requires dev.slate.sim;
  requires static org.jspecify;
  requires info.picocli;
  requires de.siegmar.fastcsv;
  requires com.fasterxml.jackson.databind;
  requires it.unimi.dsi.fastutil.core;
  requires org.apache.commons.statistics.inference;

  exports dev.slate.recommend;

  opens dev.slate.recommend.cli to
      info.picocli;

  uses dev.slate.recommend.ModelKind;
  uses dev.slate.recommend.RankLearner;

  provides dev.slate.recommend.ModelKind with
      dev.slate.recommend.model.Popular,
      dev.slate.recommend.model.RandomItems,
      dev.slate.recommend.model.Demographic,
      dev.slate.recommend.model.ItemNeighbours,
      dev.slate.recommend.model.UserNeighbours,
      dev.slate.recommend.model.SessionNeighbours,
      dev.slate.recommend.model.Markov,
      dev.slate.recommend.model.Content,
      dev.slate.recommend.model.Rules,
      dev.slate.recommend.model.Als,
      dev.slate.recommend.model.Bpr,
      dev.slate.recommend.model.ContextAware,
      dev.slate.recommend.model.Hybrid,
      dev.slate.recommend.rank.Ranked;
  provides dev.slate.recommend.RankLearner with
      dev.slate.recommend.rank.LinearLearner;
}
