/** Vectors in and out of files, generators, the built-in Memotion catalogue. */
module dev.slate.data {
  requires transitive dev.slate.kernel;
  requires static org.jspecify;
  requires info.picocli;
  requires de.siegmar.fastcsv;
  requires ch.randelshofer.fastdoubleparser;
  requires dev.hardwood.core;
  requires io.jhdf;
  requires org.apache.commons.rng.api;
  requires org.apache.commons.rng.sampling;

  exports dev.slate.data;

  opens dev.slate.data.cli to
      info.picocli;
}
