/** Exact top-K over vectors. */
module dev.slate.kernel {
  requires jdk.jfr;
  requires static jdk.incubator.vector;
  requires static org.jspecify;
  requires it.unimi.dsi.fastutil.core;

  exports dev.slate.kernel;
}
