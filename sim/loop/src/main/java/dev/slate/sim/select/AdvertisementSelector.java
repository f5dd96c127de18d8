package dev.slate.sim.select;

import dev.slate.sim.ItemCatalog;
import dev.slate.sim.RunSettings;
import dev.slate.sim.Selector;
import dev.slate.sim.SelectorContext;
import dev.slate.sim.SettingException;
import dev.slate.sim.SettingException.Setting;
import dev.slate.sim.SlateBuilder;

/** Random items, with the promoted item in the second place. */
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
  public void open(RunSettings settings) {
    promoted = settings.catalog().promoted();
    disclose = settings.disclose();
    if (settings.k() < 2) {
      throw new SettingException(Setting.SLATE_SIZE, "advertisement needs a slate of at least 2");
    }
    if (promoted == ItemCatalog.NONE) {
      throw new SettingException(
          Setting.CATALOG, "has no advertised item, which advertisement needs");
    }
    if (!settings.eligible(promoted)) {
      throw new SettingException(
          Setting.PROMOTED_ITEM, "the advertised item may not be shown by the filters");
    }
  }

  @Override
  public void select(SelectorContext context, SlateBuilder slate) {
    for (int vain = 0; slate.size() < 1 && vain < 10_000; vain++) {
      int item = context.randomItem();
      if (item != promoted) {
        slate.add(item);
      }
    }
    if (disclose) {
      slate.addAdvertisement(promoted);
    } else {
      slate.add(promoted);
    }
    context.fillRandom(slate);
  }
}
