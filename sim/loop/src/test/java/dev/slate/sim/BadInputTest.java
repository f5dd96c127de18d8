package dev.slate.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be simulated is refused before it starts, in one line that says why. */
class BadInputTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sim --selector nearist | unknown selector nearist",
        "sim | --selector",
        "sim --selector nearest --slate 0 | --slate: must be at least 1",
        "sim --selector advertisement --slate 1 | --slate: ",
        "sim --selector nearest --users 1e9 | '1e9' is not a count",
        "sim --selector nearest --users 1000m | --users: 1000000000 users need about",
        "sim --selector nearest --users 3000000000 | is more than 2147483647",
        "sim --selector nearest --users 0 | --users: must be at least 1",
        "sim --selector nearest --steps many | is not a count",
        "sim --selector nearest --threads 0 | --threads: ",
        "sim --selector nearest --replications 0 | --replications: ",
        "sim --selector editorial | --editorial: ",
        "sim --selector editorial --editorial 1,2,3,4,99999 | no item 99999",
        "sim --selector advertisement --deny-author Celebrations | --promote: ",
        "sim --selector random --promote 7000 | no item 7000",
        "sim --selector random --copies 5 | --copies: goes with --attack spam",
        "sim --selector random --attack spam --copies 0 | --copies: must be at least 1",
        "sim --selector random --deny-author Nobody | unknown author Nobody",
        "sim --selector random --moderate taste=0 | unknown attribute taste",
        "sim --selector random --moderate humour=-2 | leave no item",
        "sim --selector random --gamma NaN | --gamma: ",
        "sim --selector random --catalog no/such/file.csv | no/such/file.csv",
        "sim --selector random --plugin no.jar | no.jar: there is no such file",
        "sim --selector random --plugin pom.xml | pom.xml: is not a jar",
        "sim compare --selectors random,random | named twice",
        "sim --selector nearest --editorial 1,2,3,4,5 | --editorial: goes with --selector editorial",
        "sim compare --selectors random,nothing | unknown selector nothing",
        "audit --distance -1 | --distance: ",
        "audit --power --distance -1 | --distance: ",
        "audit --power --attack spam | --power: brings attacks of its own",
        "sim --selector random --steps -1 | --steps",
        "sim --selector random --seed x | --seed",
        "sim --selector random --boredom 2 | --boredom: must be from 0 to 1",
        "sim --selector random --boredom -1 | -1",
        "sim --selector random --boredom much | much",
        "sim --selector random --recovery 2 | --recovery: must be from 0 to 1",
        "sim --selector random --gamers 2 | --gamers: must be from 0 to 1",
        "sim --selector random --leaving NaN | --leaving: must be from 0 to 1",
        "sim --selector random --wariness 3 | --wariness: must be from 0 to 1",
        "sim --selector random --relevance -1 | --relevance: ",
        "sim --selector random --like 2 | like",
        "sim --selector random --dislike x | --dislike",
        "sim --selector random --double-like -1 | --double-like: ",
        "sim --selector random --alpha 0 | --alpha: ",
        "sim --selector random --beta -1 | --beta: ",
        "sim --selector random --clamp 0 | --clamp: ",
        "sim --selector random --noise -1 | --noise: ",
        "sim --selector random --per-author 0 | --per-author: must be at least 1",
        "sim --selector random --upload-limit 0 | --upload-limit: must be at least 1",
        "sim --selector random --moderate offensive | offensive",
        "sim --selector random --every -1 | '-1' is not a count",
        "sim --selector random --images no/such/folder | no/such/folder: is not a directory",
        "sim --selector random --out pom.xml | pom.xml",
        "sim --selector random --attack flood | --attack",
        "sim --selector random --attack spam --jitter -1 | --jitter: ",
        "sim --selector random --attack spam --accounts 0 | --accounts: must be at least 1",
        "sim --selector random --attack spam --copies 3 --accounts 4 | --accounts: 4 accounts share 3 copies",
        "sim --selector random --users no/such.csv | no/such.csv: there is no such file",
        "sim --selector random --nonsense | --nonsense",
        "sim exercise | N",
        "sim exercise five | five",
        "sim exercise 0 | there are exercises 1 to 4",
        "sim exercise 1 --selector nobody | unknown selector nobody",
        "sim show | --user",
        "sim show no/such/run --user 1 | name the folder of a run",
        "sim show --item nothing | there is no item named nothing",
        "sim show --item 7000 | there is no item 7000",
        "sim show --author Nobody | unknown author Nobody",
        "sim check --selector nobody | unknown selector nobody",
        "audit --seed x | --seed",
        "audit --selector nobody | unknown selector nobody",
        "audit --distance x | --distance",
        "sim --selector random --jitter 0.1 | --jitter: goes with --attack spam",
        "sim --selector random --accounts 2 | --accounts: goes with --attack spam",
      })
  void badInputIsOneClearLineAndTwo(String command, String expected) {
    Cli.Outcome outcome = Cli.run(command.split(" ", -1));
    assertEquals(2, outcome.code(), outcome::err);
    assertEquals(1, outcome.err().lines().count(), outcome::err);
    assertTrue(outcome.err().contains(expected), outcome::err);
    assertFalse(outcome.err().contains("Exception"), outcome::err);
  }

  /** What users can be bored with counts among what must fit in memory. */
  @Test
  void satiationsMustFit() {
    ItemCatalog plain = TestCatalogs.grid(10, 2, 1);
    List<String> authors = IntStream.range(0, 1_000_000).mapToObj(a -> "author " + a).toList();
    ItemCatalog catalog =
        new ItemCatalog(
            "busy", plain.items(), plain.attributes(), plain.names(), authors, new int[10], 0);
    Simulation run =
        new Simulation(catalog, Selectors.create("random"))
            .size(3_000, 1, 5)
            .behavior(new Behavior(1, 0.1, false, 0, 0, 0));
    assertTrue(
        assertThrows(SettingException.class, run::run).getMessage().startsWith("users: 3000 "));
  }
}
