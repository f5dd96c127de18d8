package dev.slate.kernel.observe;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** An index was built in memory. */
@Name("dev.slate.Build")
@Label("Index Build")
@Category("Slate")
@Description("An index was built in memory")
@StackTrace(false)
public final class BuildEvent extends Event {
  @Label("Strategy")
  @Nullable String strategy;

  @Label("Items")
  int items;

  @Label("Dimensions")
  int dimensions;

  @Label("Heap")
  @DataAmount
  long bytes;

  BuildEvent() {}
}
