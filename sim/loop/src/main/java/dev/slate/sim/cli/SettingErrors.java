package dev.slate.sim.cli;

import dev.slate.data.InputException;
import dev.slate.sim.SettingException;
import java.util.concurrent.Callable;

/** Names the option at fault where the library names a setting. */
final class SettingErrors {
  private SettingErrors() {}

  /** Runs a command; a {@link SettingException} becomes bad input. */
  static int asInput(Callable<Integer> command) throws Exception {
    try {
      return command.call();
    } catch (SettingException e) {
      throw new InputException(option(e.setting()), e.problem(), e);
    }
  }

  private static String option(SettingException.Setting setting) {
    return switch (setting) {
      case CATALOG -> "--catalog";
      case PROMOTED_ITEM -> "--promote";
      case USERS -> "--users";
      case SLATE_SIZE -> "--slate";
      case EDITORIAL -> "--editorial";
      case SELECTOR -> "--selector";
      case PLUGIN -> "--plugin";
      case DENIED_AUTHOR -> "--deny-author";
      case MODERATION -> "--moderate";
    };
  }
}
