package dev.slate.sim.select;

import dev.slate.sim.RunSettings;
import dev.slate.sim.Selector;
import dev.slate.sim.SelectorContext;
import dev.slate.sim.SettingException;
import dev.slate.sim.SettingException.Setting;
import dev.slate.sim.SlateBuilder;
import java.util.List;

/** A list given by hand, the same for all: the baseline of a front page. */
public final class EditorialSelector implements Selector {
  private List<Integer> list = List.of();

  @Override
  public String name() {
    return "editorial";
  }

  @Override
  public String description() {
    return "a list given by hand, the same for all";
  }

  @Override
  public void open(RunSettings settings) {
    list = settings.editorial().stream().filter(settings::eligible).distinct().toList();
    int wanted = Math.min(settings.k(), settings.eligibleItems());
    if (list.size() < wanted) {
      throw new SettingException(
          Setting.EDITORIAL,
          "editorial needs a list of at least "
              + wanted
              + " distinct items that may be shown, but it has "
              + list.size());
    }
  }

  @Override
  public void select(SelectorContext context, SlateBuilder slate) {
    for (int i = 0; i < list.size() && !slate.full(); i++) {
      slate.add(list.get(i));
    }
  }
}
