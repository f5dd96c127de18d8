package dev.slate.kernel.there;

import dev.slate.kernel.back.Comes;
import java.util.Optional;

/** Breaks a rule: two packages know each other. */
public final class Goes {
  /** The other one. */
  public Optional<Comes> other() {
    return Optional.empty();
  }
}
