package dev.slate.kernel.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Parts of a live index were merged into one. */
@Name("dev.slate.Compaction")
@Label("Compaction")
@Category("Slate")
@Description("Parts of a live index were merged into one")
@StackTrace(false)
public final class CompactionEvent extends Event {
  @Label("Parts")
  int parts;

  @Label("Items")
  long items;

  CompactionEvent() {}
}
