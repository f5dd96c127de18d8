package dev.slate.kernel.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

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

  /** Begins, if the flight recorder runs; null otherwise. */
  public static @Nullable CompactionEvent begun() {
    return Observer.begun(CompactionEvent::new);
  }
}
