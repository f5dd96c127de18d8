package dev.slate.kernel.observe;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** An index was saved to a file or opened from one, or a snapshot of a live index was saved. */
@Name("dev.slate.File")
@Label("Index File")
@Category("Slate")
@Description("An index was saved to a file or opened from one")
@StackTrace(false)
public final class FileEvent extends Event {
  @Label("Operation")
  @Nullable String operation;

  @Label("File")
  @Nullable String file;

  @Label("Items")
  long items;

  @Label("Size")
  @DataAmount
  long bytes;

  FileEvent() {}
}
