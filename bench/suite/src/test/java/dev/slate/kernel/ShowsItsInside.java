package dev.slate.kernel;

import dev.slate.kernel.breaks.ReadsFiles;
import java.util.List;

/** Breaks the rule that what is exported shows nothing that is not. */
public final class ShowsItsInside {
  /** Needs a type that no other module can see. */
  public void show(List<ReadsFiles> inside) {}
}
