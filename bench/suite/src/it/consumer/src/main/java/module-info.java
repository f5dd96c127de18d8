/** A module that embeds the kernel. */
module consumer {
  requires dev.slate.kernel;
}
