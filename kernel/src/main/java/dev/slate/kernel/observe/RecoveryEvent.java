package dev.slate.kernel.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A live index was opened in a directory. */
@Name("dev.slate.Recovery")
@Label("Recovery")
@Category("Slate")
@Description("A live index was opened in a directory")
@StackTrace(false)
public final class RecoveryEvent extends Event {
  @Label("Directory")
  @Nullable String directory;

  @Label("Items")
  long items;

  @Label("Version")
  long version;

  RecoveryEvent() {}
}
