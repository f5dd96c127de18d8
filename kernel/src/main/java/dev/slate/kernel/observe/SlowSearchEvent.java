package dev.slate.kernel.observe;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

/**
 * A slow search. The event is created when the search has ended, and so has no start time of its
 * own: an object created at the start of each search, most of which are fast, would be garbage.
 */
@Name("dev.slate.SlowSearch")
@Label("Slow Search")
@Category("Slate")
@Description("A search took longer than the listener's threshold, or 10 ms")
final class SlowSearchEvent extends Event {
  @Label("Time")
  @Timespan(Timespan.NANOSECONDS)
  long time;

  @Label("Items Scored")
  long itemsScored;

  @Label("Blocks Visited")
  long blocksVisited;

  @Label("Blocks Pruned")
  long blocksPruned;

  @Label("Read")
  @DataAmount
  long bytesRead;

  SlowSearchEvent() {}
}
