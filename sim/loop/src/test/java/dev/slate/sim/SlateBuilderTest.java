package dev.slate.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.ItemSet;
import dev.slate.sim.SettingException.Setting;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Slates, catalogues and settings, method by method. */
class SlateBuilderTest {
  private final ItemCatalog catalog = TestCatalogs.four();

  @Test
  void aSlateTakesWhatItAdmits() {
    SlateBuilder slate = new SlateBuilder(3, catalog, 1);
    assertEquals(3, slate.k());
    assertTrue(slate.add(1));
    assertFalse(slate.add(1), "twice");
    assertFalse(slate.add(0), "enough of Ann");
    assertTrue(slate.exhausted(0));
    assertFalse(slate.exhausted(1));
    assertTrue(slate.addAdvertisement(0), "paid for");
    assertTrue(slate.advertisement(1));
    assertFalse(slate.advertisement(0));
    assertTrue(slate.contains(0));
    assertFalse(slate.contains(2));
    assertEquals(2, slate.size());
    assertFalse(slate.full());
    assertTrue(slate.add(3));
    assertTrue(slate.full());
    assertFalse(slate.add(2), "full");
    assertEquals(1, slate.item(0));
    assertEquals(3, slate.item(2));
    assertThrows(IndexOutOfBoundsException.class, () -> slate.add(4));
    slate.clear();
    assertEquals(0, slate.size());
    assertThrows(IndexOutOfBoundsException.class, () -> slate.item(0));
  }

  @Test
  void aCatalogueKnowsItsPictures() {
    assertEquals("four", catalog.title());
    assertEquals(3, catalog.picture(3));
    ItemCatalog same = catalog.withPictures(new int[] {0, 0, 2, 0});
    assertEquals(0, same.picture(3));
    assertEquals("item 3", same.name(3));
    assertEquals(List.of("a"), same.attributes());
    assertThrows(IllegalArgumentException.class, () -> catalog.withPictures(new int[3]));
  }

  @Test
  void settingsSayWhatMayBeShown() {
    ItemSet eligible = ItemSet.unbound(4);
    eligible.add(2);
    RunSettings settings = new RunSettings(catalog, 3, List.of(), true, eligible, 1);
    assertTrue(settings.eligible(2));
    assertFalse(settings.eligible(1));
    SettingException wrong = new SettingException(Setting.SLATE_SIZE, "too small");
    assertEquals(Setting.SLATE_SIZE, wrong.setting());
    assertEquals("too small", wrong.problem());
    assertEquals("slate size: too small", wrong.getMessage());
  }

  @Test
  void reactionsFollowLiking() {
    ReactionRates all = new ReactionRates(0.2, 0.4, 0.6);
    assertTrue(all.given());
    assertFalse(ReactionRates.NONE.given());
    assertEquals(Reaction.DISLIKE, all.reaction(0.44, 0.19));
    assertEquals(Reaction.NONE, all.reaction(0.44, 0.2));
    assertEquals(Reaction.NONE, all.reaction(0.5, 0));
    assertEquals(Reaction.LIKE, all.reaction(0.65, 0.39));
    assertEquals(Reaction.NONE, all.reaction(0.65, 0.4));
    assertEquals(Reaction.DOUBLE_LIKE, all.reaction(0.85, 0.59));
    assertEquals(Reaction.NONE, all.reaction(0.85, 0.6));
  }
}
