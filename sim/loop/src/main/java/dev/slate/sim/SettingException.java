package dev.slate.sim;

import org.jspecify.annotations.Nullable;

/** A setting of a run that cannot work, alone or together with the others. */
public final class SettingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Setting setting;
  private final String problem;

  /** The settings that can be at fault. */
  public enum Setting {
    /** The items. */
    CATALOG,
    /** The item that advertisers pay for. */
    PROMOTED_ITEM,
    /** The number of users, or their starting points. */
    USERS,
    /** The size of a slate. */
    SLATE_SIZE,
    /** The hand-given list. */
    EDITORIAL,
    /** The name of the selector. */
    SELECTOR,
    /** The code of a selector. */
    PLUGIN,
    /** The authors whose items may not be shown. */
    DENIED_AUTHOR,
    /** The limits on attributes. */
    MODERATION
  }

  /**
   * A setting that cannot work.
   *
   * @param setting which one
   * @param problem what is wrong, in a few words, without a full stop
   */
  public SettingException(Setting setting, String problem) {
    this(setting, problem, null);
  }

  /**
   * A setting that cannot work, found by another exception.
   *
   * @param setting which one
   * @param problem what is wrong, in a few words, without a full stop
   * @param cause the exception behind it, or null
   */
  public SettingException(Setting setting, String problem, @Nullable Throwable cause) {
    super(
        setting.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + ": " + problem,
        cause);
    this.setting = setting;
    this.problem = problem;
  }

  /**
   * The setting at fault.
   *
   * @return as given
   */
  public Setting setting() {
    return setting;
  }

  /**
   * What is wrong, without the name of the setting.
   *
   * @return as given
   */
  public String problem() {
    return problem;
  }
}
