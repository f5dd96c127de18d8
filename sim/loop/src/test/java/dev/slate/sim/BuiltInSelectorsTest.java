package dev.slate.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every selector of Slate keeps the contract that it asks of others. */
class BuiltInSelectorsTest {
  @Test
  void everyOneIsListed() {
    assertEquals(
        Set.of(
            "random",
            "popular",
            "editorial",
            "advertisement",
            "nearest",
            "nearest-half-random",
            "nearest-one-different",
            "neighbourhood",
            "contrarian",
            "explore-then-settle",
            "balanced"),
        Selectors.descriptions(getClass().getClassLoader()).keySet());
  }

  abstract static class Named extends SelectorContract {
    private final String name;

    Named(String name) {
      this.name = name;
    }

    @Override
    protected Selector selector() {
      return Selectors.create(name);
    }
  }

  @Nested
  class RandomItems extends Named {
    RandomItems() {
      super("random");
    }
  }

  @Nested
  class Popular extends Named {
    Popular() {
      super("popular");
    }
  }

  @Nested
  class Editorial extends Named {
    Editorial() {
      super("editorial");
    }
  }

  @Nested
  class Advertisement extends Named {
    Advertisement() {
      super("advertisement");
    }

    @Override
    protected int smallestSlate() {
      return 2;
    }
  }

  @Nested
  class Nearest extends Named {
    Nearest() {
      super("nearest");
    }
  }

  @Nested
  class NearestHalfRandom extends Named {
    NearestHalfRandom() {
      super("nearest-half-random");
    }
  }

  @Nested
  class NearestOneDifferent extends Named {
    NearestOneDifferent() {
      super("nearest-one-different");
    }
  }

  @Nested
  class Neighbourhood extends Named {
    Neighbourhood() {
      super("neighbourhood");
    }
  }

  @Nested
  class Contrarian extends Named {
    Contrarian() {
      super("contrarian");
    }
  }

  @Nested
  class ExploreThenSettle extends Named {
    ExploreThenSettle() {
      super("explore-then-settle");
    }
  }

  @Nested
  class Balanced extends Named {
    Balanced() {
      super("balanced");
    }
  }
}
