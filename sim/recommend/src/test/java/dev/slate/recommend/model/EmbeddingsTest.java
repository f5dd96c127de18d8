package dev.slate.recommend.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.slate.recommend.Candidates;
import dev.slate.recommend.Embeddings;
import dev.slate.recommend.Factors;
import dev.slate.recommend.Request;
import org.junit.jupiter.api.Test;

class EmbeddingsTest {
  /** The kernel's answer is that of sorting all scores. */
  @Test
  void embeddingsAreExact() {
    Embeddings model = (Embeddings) TrainedModels.train("bpr", TrainedModels.THREE);
    Factors factors = model.factors();
    float[] biases = factors.biases();
    assertNotNull(biases);
    int d = factors.d();
    Candidates out = new Candidates();
    for (int user = 0; user < 50; user++) {
      Candidates all = new Candidates();
      for (int item = 0; item < biases.length; item++) {
        float score = biases[item];
        for (int j = 0; j < d; j++) {
          score = Math.fma(factors.items()[item * d + j], factors.users()[user * d + j], score);
        }
        if (!model.history().contains(user, item)) {
          all.add(item, score);
        }
      }
      all.sort();
      all.cut(10);
      model.open().retrieve(Request.of(user), 10, out);
      assertEquals(TrainedModels.text(all), TrainedModels.text(out));
    }
  }
}
