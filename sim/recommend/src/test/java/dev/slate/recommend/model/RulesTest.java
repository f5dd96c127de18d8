package dev.slate.recommend.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.data.InputException;
import dev.slate.recommend.Candidates;
import dev.slate.recommend.Request;
import dev.slate.recommend.Retriever;
import dev.slate.recommend.Training;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RulesTest {
  @Test
  void rulesRestrict() {
    Retriever rules =
        new Rules()
            .train(
                TrainedModels.WORLD.training(TrainedModels.THREE, Map.of("where", "f0>0 f1<=0.1")));
    Candidates out = new Candidates();
    rules.open().retrieve(Request.of(3), 10, out);
    assertEquals(10, out.size());
    for (int i = 0; i < out.size(); i++) {
      assertTrue(TrainedModels.WORLD.itemFeatures.get(out.item(i), 0) > 0);
      assertTrue(TrainedModels.WORLD.itemFeatures.get(out.item(i), 1) <= 0.1f);
    }
    for (String bad : new String[] {"f0>1000", "f9>0", "f0>x", "f0"}) {
      Training training = TrainedModels.WORLD.training(TrainedModels.THREE, Map.of("where", bad));
      assertThrows(InputException.class, () -> new Rules().train(training), bad);
    }
  }
}
