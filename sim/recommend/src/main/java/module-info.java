/** From logged feedback to measured recommendations. */
module dev.slate.recommend {
  requires transitive dev.slate.data;
  requires static org.jspecify;
  requires info.picocli;
  requires de.siegmar.fastcsv;
  requires com.fasterxml.jackson.databind;
  requires it.unimi.dsi.fastutil.core;
  requires org.apache.commons.statistics.inference;

  exports dev.slate.recommend;

  opens dev.slate.recommend.cli to
      info.picocli;
}
