package dev.slate.recommend;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real data that may not be part of the project; tests that need it skip where it is missing. */
public final class SharedData {
  private SharedData() {}

  /** A file of the MovieLens 100K data set. */
  public static String movieLens(String name) {
    return file("ml-100k/" + name, "https://grouplens.org/datasets/movielens/100k/");
  }

  /** Listening counts of the HetRec 2011 Last.FM data set. */
  public static String lastFm() {
    return file("lastfm/user_artists.dat", "https://grouplens.org/datasets/hetrec-2011/");
  }

  /** A file of trec_eval's own tests. */
  public static String trecEval(String name) {
    return file("trec_eval/" + name, "https://github.com/usnistgov/trec_eval (test/)");
  }

  private static String file(String name, String source) {
    String root = System.getenv("SLATE_DATA");
    Path path = Path.of(root == null ? "" : root, name);
    assumeTrue(
        root != null && Files.exists(path),
        "SLATE_DATA has no " + name + "; it is published at " + source);
    return path.toString();
  }
}
