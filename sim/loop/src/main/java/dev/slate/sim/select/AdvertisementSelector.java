package dev.slate.sim.select;

import dev.slate.data.InputException;
import dev.slate.sim.Offer;
import dev.slate.sim.Selector;
import dev.slate.sim.Setting;
import dev.slate.sim.Visit;
import dev.slate.sim.World;

/** Random items, and second among them what somebody pays for. */
public final class AdvertisementSelector implements Selector {
  private int promoted;
  private boolean disclose;

  @Override
  public String name() {
    return "advertisement";
  }

  @Override
  public String description() {
    return "the promoted item always second, the others random";
  }

  @Override
  public void open(Setting setting) {
    promoted = setting.world().promoted();
    disclose = setting.disclose();
    if (setting.k() < 2) {
      throw new InputException("--slate", "advertisement needs a slate of at least 2");
    }
    if (promoted == World.NONE) {
      throw new InputException(
          "--catalog",
          "has no advertised item, which advertisement needs; name one with --promote");
    }
    if (!setting.eligible(promoted)) {
      throw new InputException("--promote", "the advertised item may not be shown by the filters");
    }
  }

  @Override
  public void select(Visit visit, Offer offer) {
    for (int vain = 0; offer.size() < 1 && vain < 10_000; vain++) {
      int item = visit.randomItem();
      if (item != promoted) {
        offer.add(item);
      }
    }
    if (disclose) {
      offer.addAdvertisement(promoted);
    } else {
      offer.add(promoted);
    }
    visit.fillRandom(offer);
  }
}
