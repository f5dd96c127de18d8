package dev.slate.sim.select;

import dev.slate.data.InputException;
import dev.slate.sim.Offer;
import dev.slate.sim.Selector;
import dev.slate.sim.Setting;
import dev.slate.sim.Visit;
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
    return "the list given with --editorial, the same for all";
  }

  @Override
  public void open(Setting setting) {
    list = setting.editorial().stream().filter(setting::eligible).distinct().toList();
    int wanted = Math.min(setting.k(), setting.eligibleItems());
    if (list.size() < wanted) {
      throw new InputException(
          "--editorial",
          "editorial needs a list of at least "
              + wanted
              + " distinct items that may be shown, but it has "
              + list.size());
    }
  }

  @Override
  public void select(Visit visit, Offer offer) {
    for (int i = 0; i < list.size() && !offer.full(); i++) {
      offer.add(list.get(i));
    }
  }
}
