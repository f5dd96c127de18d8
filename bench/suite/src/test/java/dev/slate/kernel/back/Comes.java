package dev.slate.kernel.back;

import dev.slate.kernel.there.Goes;
import java.util.Optional;

/** Breaks a rule: two packages know each other. */
public final class Comes {
  /** The other one. */
  public Optional<Goes> other() {
    return Optional.empty();
  }
}
