package dev.slate.recommend.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slate.data.InputException;
import dev.slate.data.OutputFile;
import dev.slate.data.OutputFolder;
import dev.slate.data.VectorFile;
import dev.slate.data.VectorWriter;
import dev.slate.data.Vectors;
import dev.slate.recommend.Embeddings;
import dev.slate.recommend.Factors;
import dev.slate.recommend.Features;
import dev.slate.recommend.Feedback;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.ModelKind;
import dev.slate.recommend.Names;
import dev.slate.recommend.Retriever;
import dev.slate.recommend.Settings;
import dev.slate.recommend.Training;
import dev.slate.recommend.Workers;
import dev.slate.recommend.feedback.FeatureFiles;
import dev.slate.recommend.feedback.FeedbackFiles;
import dev.slate.recommend.feedback.FeedbackFormat;
import dev.slate.recommend.feedback.TextRecords;
import dev.slate.recommend.feedback.WeightingSettings;
import dev.slate.recommend.model.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A model in a directory: {@code model.json} (written last: without it there is no model), {@code
 * users.csv} and {@code items.csv} (ids in the order of ordinals), {@code feedback.csv}, features,
 * and where the model has vectors {@code users.npy}, {@code items.npy} and {@code bias.npy}.
 *
 * @param retriever the model
 * @param training what it was trained on; its names are the model's
 */
public record StoredModel(Retriever retriever, Training training) {
  private static final String MODEL = "model.json";
  private static final String USERS = "users.csv";
  private static final String ITEMS = "items.csv";
  private static final String FEEDBACK = "feedback.csv";
  private static final String USER_FEATURES = "user-features.csv";
  private static final String ITEM_FEATURES = "item-features.csv";
  private static final String USER_VECTORS = "users.npy";
  private static final String ITEM_VECTORS = "items.npy";
  private static final String BIASES = "bias.npy";

  /** Rows that a worker turns into text at once: about a megabyte. */
  private static final int ROWS = 1 << 15;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * The files of a model.
   *
   * @param directory of the model
   * @return all that there may be
   */
  public static Stream<Path> files(Path directory) {
    return Stream.of(
            MODEL,
            USERS,
            ITEMS,
            FEEDBACK,
            USER_FEATURES,
            ITEM_FEATURES,
            USER_VECTORS,
            ITEM_VECTORS,
            BIASES)
        .map(directory::resolve);
  }

  /**
   * Writes the model; what else is in the directory stays. An earlier model in it stays, too, until
   * all of this one is on the disk.
   */
  public void write(Path directory) {
    try (OutputFolder folder = OutputFolder.create(directory);
        Parts parts = new Parts()) {
      Feedback log = training.feedback();
      parts.add(names(directory.resolve(USERS), "user", log.users()));
      parts.add(names(directory.resolve(ITEMS), "item", log.items()));
      parts.add(log(directory.resolve(FEEDBACK), log, training.workers()));
      features(directory.resolve(USER_FEATURES), training.userFeatures(), log.users(), parts);
      features(directory.resolve(ITEM_FEATURES), training.itemFeatures(), log.items(), parts);
      Factors factors = retriever instanceof Embeddings model ? model.factors() : null;
      int d = factors == null ? 1 : factors.d();
      float[] biases = factors == null ? null : factors.biases();
      vectors(directory.resolve(USER_VECTORS), factors == null ? null : factors.users(), d, parts);
      vectors(directory.resolve(ITEM_VECTORS), factors == null ? null : factors.items(), d, parts);
      vectors(directory.resolve(BIASES), biases, 1, parts);
      Path model = folder.path().resolve(MODEL);
      try (OutputFile file = OutputFile.create(model.toString())) {
        file.stream().write(JSON.writeValueAsBytes(json(factors, log)));
        remove(model); // Between here and the commit there is no model, rather than half of two.
        parts.commit();
        file.commit();
      } catch (IOException e) {
        throw OutputFile.unwritable(model.toString(), e);
      }
    }
  }

  private ObjectNode json(@Nullable Factors factors, Feedback log) {
    ObjectNode json = JSON.createObjectNode();
    json.put("model", retriever.name());
    json.put("seed", training.seed());
    json.put("users", log.users().size());
    json.put("items", log.items().size());
    json.put("interactions", training.interactions().size());
    if (factors != null) {
      json.put("dimensions", factors.d());
      json.put("bias", factors.biases() != null);
    }
    ObjectNode settings = json.putObject("settings");
    training.settings().used().forEach(settings::put);
    return json;
  }

  private static CsvFile names(Path path, String header, Names names) {
    return CsvFile.of(
        path,
        header,
        csv -> {
          for (int i = 0; i < names.size(); i++) {
            csv.row(names.get(i));
          }
        });
  }

  /**
   * Writes a log, but for the commit, as {@code user,item,value,kind,time}; without times that
   * column is left out. The bytes do not depend on the number of workers.
   */
  public static CsvFile log(Path path, Feedback log, Workers workers) {
    boolean timed = log.timed();
    return CsvFile.of(
        path,
        "user,item,value,kind" + (timed ? ",time" : ""),
        csv -> {
          StringBuilder[] blocks = new StringBuilder[workers.threads()];
          Arrays.setAll(blocks, i -> new StringBuilder());
          for (int from = 0; from < log.size(); from += blocks.length * ROWS) {
            int first = from;
            int filled = Math.min(blocks.length, (log.size() - first + ROWS - 1) / ROWS);
            workers.run(
                filled,
                () ->
                    piece -> {
                      int start = first + piece * ROWS;
                      rows(log, start, Math.min(log.size(), start + ROWS), timed, blocks[piece]);
                    });
            for (int i = 0; i < filled; i++) {
              csv.text(blocks[i]);
            }
          }
        });
  }

  private static void rows(Feedback log, int from, int to, boolean timed, StringBuilder text) {
    text.setLength(0);
    for (int row = from; row < to; row++) {
      text.append(CsvFile.quoted(log.users().get(log.user(row)))).append(',');
      text.append(CsvFile.quoted(log.items().get(log.item(row)))).append(',');
      text.append(log.value(row)).append(',').append(log.kind(row).word());
      if (timed) {
        text.append(',').append(log.time(row));
      }
      text.append('\n');
    }
  }

  private static void features(Path path, @Nullable Features features, Names names, Parts parts) {
    if (features == null) {
      parts.gone(path);
      return;
    }
    StringBuilder header = new StringBuilder("id");
    features.names().forEach(name -> header.append(',').append(CsvFile.quoted(name)));
    parts.add(
        CsvFile.of(
            path,
            header.toString(),
            csv -> {
              Object[] cells = new Object[features.width() + 1];
              for (int row = 0; row < features.rows(); row++) {
                if (features.known()[row]) {
                  cells[0] = names.get(row);
                  for (int j = 0; j < features.width(); j++) {
                    cells[j + 1] = features.get(row, j);
                  }
                  csv.row(cells);
                }
              }
            }));
  }

  private static void vectors(Path path, float @Nullable [] values, int d, Parts parts) {
    if (values == null) {
      parts.gone(path);
      return;
    }
    VectorWriter writer = Vectors.create(path.toString(), d, List.of());
    parts.add(writer);
    writer.append(values, 0, values.length / d);
  }

  /** Files that get their names together. */
  private static final class Parts implements AutoCloseable {
    private final List<Runnable> commits = new ArrayList<>();
    private final List<Runnable> closes = new ArrayList<>();

    void add(CsvFile file) {
      commits.add(file::commit);
      closes.add(file::close);
    }

    void add(VectorWriter file) {
      commits.add(file::commit);
      closes.add(file::close);
    }

    /** What an earlier model left under this name would be taken for a part of this one. */
    void gone(Path path) {
      commits.add(() -> remove(path));
    }

    void commit() {
      commits.forEach(Runnable::run);
    }

    @Override
    public void close() {
      closes.forEach(Runnable::run);
    }
  }

  private static void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw OutputFile.unwritable(path.toString(), e);
    }
  }

  /** Reads a model. */
  public static StoredModel read(Path directory, Workers workers) {
    JsonNode json = json(directory);
    String name = json.path("model").asText();
    ModelKind kind = Models.find(name);
    if (kind == null) {
      throw new InputException(directory.resolve(MODEL).toString(), Models.unknown(name));
    }
    Names users = readNames(directory.resolve(USERS));
    Names items = readNames(directory.resolve(ITEMS));
    require(directory.resolve(USERS), "ids", users.size(), json.path("users"));
    require(directory.resolve(ITEMS), "ids", items.size(), json.path("items"));
    Feedback log =
        FeedbackFiles.read(
            List.of(directory.resolve(FEEDBACK).toString()),
            FeedbackFormat.CSV,
            users,
            items,
            workers);
    require(directory.resolve(FEEDBACK), "users", users.size(), json.path("users"));
    require(directory.resolve(FEEDBACK), "items", items.size(), json.path("items"));
    Map<String, String> given = new HashMap<>();
    json.path("settings").properties().forEach(e -> given.put(e.getKey(), e.getValue().asText()));
    Settings settings = new Settings(given);
    Interactions history = Interactions.of(log, WeightingSettings.of(settings)).positive();
    require(directory.resolve(FEEDBACK), "interactions", history.size(), json.path("interactions"));
    Training training =
        new Training(
            log,
            history,
            readFeatures(directory.resolve(USER_FEATURES), users),
            readFeatures(directory.resolve(ITEM_FEATURES), items),
            settings,
            json.path("seed").asLong(),
            workers,
            (pass, loss) -> {});
    Factors factors = json.has("dimensions") ? readFactors(directory, json, history) : null;
    return new StoredModel(kind.restore(training, factors), training);
  }

  /** A file that was copied in part, or from another model, would give other answers. */
  private static void require(Path file, String what, int there, JsonNode promised) {
    if (there != promised.asInt()) {
      throw new InputException(
          file.toString(),
          "has %d %s, but the model has %d".formatted(there, what, promised.asInt()));
    }
  }

  private static JsonNode json(Path directory) {
    Path path = directory.resolve(MODEL);
    if (!Files.exists(path)) {
      throw new InputException(directory.toString(), "holds no model: model.json is missing");
    }
    try {
      return JSON.readTree(path.toFile());
    } catch (JsonProcessingException e) {
      throw new InputException(path.toString(), "is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new InputException(path.toString(), "cannot be read", e);
    }
  }

  private static Names readNames(Path path) {
    Names names = new Names();
    try (TextRecords table = TextRecords.csv(path.toString()).header()) {
      table.each(row -> names.add(row.cell(0)));
    }
    return names;
  }

  private static @Nullable Features readFeatures(Path path, Names names) {
    return Files.exists(path) ? FeatureFiles.read(path.toString(), names, false) : null;
  }

  private static Factors readFactors(Path directory, JsonNode json, Interactions history) {
    int d = json.path("dimensions").asInt();
    return new Factors(
        d,
        readVectors(directory.resolve(USER_VECTORS), history.rows(), d),
        readVectors(directory.resolve(ITEM_VECTORS), history.columns(), d),
        json.path("bias").asBoolean()
            ? readVectors(directory.resolve(BIASES), history.columns(), 1)
            : null);
  }

  private static float[] readVectors(Path path, int rows, int d) {
    try (VectorFile file = Vectors.open(path.toString())) {
      if (file.size() != rows || file.dimensions() != d) {
        throw new InputException(
            path.toString(),
            "has %d rows of %d, but the model has %d of %d"
                .formatted(file.size(), file.dimensions(), rows, d));
      }
      float[] values = new float[rows * d];
      file.copyRows(0, rows, values, 0);
      return values;
    }
  }
}
