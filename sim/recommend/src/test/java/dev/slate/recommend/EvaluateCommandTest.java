package dev.slate.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
  @TempDir private Path directory;

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  @Test
  void judgesCsvAsJson() throws IOException {
    String truth = file("truth.csv", "user,item,value\na,x,3\na,y,1\nb,z,1\nc,x,1\n");
    String run = file("run.csv", "user,rank,item,score\na,2,x,.5\na,1,q,.9\nb,1,z,1\nd,1,x,1\n");
    Cli.Outcome outcome =
        Cli.run(
            "evaluate",
            "--truth",
            truth,
            "--run",
            run,
            "-k",
            "2",
            "--metrics",
            "ndcg,hit@1",
            "--convention",
            "recbole",
            "--format",
            "json",
            "--per-user");
    assertEquals(0, outcome.code(), outcome::err);
    JsonNode root = new ObjectMapper().readTree(outcome.out());
    assertEquals("recbole", root.get("convention").asText());
    assertEquals(2, root.get("k").asInt());
    assertEquals(3, root.get("users").asInt());
    double second = Math.log(2) / Math.log(3);
    double ndcg = (second / (1 + second) + 1 + 0) / 3;
    assertEquals(ndcg, root.get("metrics").get("ndcg@2").asDouble(), 1e-12);
    assertEquals(1 / 3., root.get("metrics").get("hit@1").asDouble(), 1e-12);
    assertEquals(1, root.get("per_user").get("b").get("hit@1").asDouble());
    assertEquals(
        """
        1 users of the run are not in the truth and are left out
        1 users of the truth have no list: recbole counts them as 0
        """,
        outcome.err());
  }

  @Test
  void trecFilesIgnoreTheRankAndBreakTiesByName() throws IOException {
    String truth = file("qrels", "1 0 a 1\n1 0 b 0\n");
    String run = file("run", "1 Q0 a 1 2.0 x\n1 Q0 b 9 2.0 x\n1 Q0 c 0 1.0 x\n");
    Cli.Outcome outcome =
        Cli.run(
            "evaluate",
            "--truth",
            truth,
            "--run",
            run,
            "--metrics",
            "mrr",
            "-k",
            "all",
            "--format",
            "csv");
    assertEquals("user,mrr\nall,0.5\n", outcome.out());
    Cli.Outcome inOrder =
        Cli.run(
            "evaluate",
            "--truth",
            truth,
            "--run",
            run,
            "--metrics",
            "mrr",
            "--convention",
            "ranx",
            "--format",
            "csv");
    assertEquals("user,mrr@10\nall,1.0\n", inOrder.out());
  }

  @Test
  void badInputIsOneLine() throws IOException {
    String truth = file("truth.csv", "user,item\na,x\n");
    String run = file("run.csv", "user,item\na,x\na,x\n");
    String other = file("other.csv", "user,item\nb,x\n");
    String text = file("qrels", "1 0 a\n");
    String scores = file("scores", "1 Q0 a 1 NaN x\n");
    refused(run + ": lists x twice for a", "--truth", truth, "--run", run);
    refused("shares no user with", "--truth", truth, "--run", other);
    refused("has 3 columns, but TREC's format has 4", "--truth", text, "--run", run);
    refused("'NaN' is not finite, column 4, line 1", "--truth", truth, "--run", scores);
    refused("-k: must be at least 1", "--truth", truth, "--run", other, "-k", "0");
    refused("--convention: 'x' is not one of", "--truth", truth, "--run", run, "--convention", "x");
    refused("--metrics: 'auc' is not one of", "--truth", truth, "--run", run, "--metrics", "auc");
    refused("--persistence: must be above 0", "--truth", truth, "--run", run, "--persistence", "1");
    refused("--run: is missing", "--truth", truth);
    refused(
        "log.xyz: its name does not tell its format: say --test-format movielens|",
        "--models",
        "m",
        "--test",
        "log.xyz");
    refused("no.csv: no such file", "--truth", "no.csv", "--run", run);
  }

  private static void refused(String complaint, String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "evaluate";
    System.arraycopy(args, 0, all, 1, args.length);
    Cli.Outcome outcome = Cli.run(all);
    assertEquals(2, outcome.code(), outcome::err);
    assertEquals(1, outcome.err().lines().count(), outcome::err);
    assertTrue(outcome.err().contains(complaint), outcome::err);
  }
}
