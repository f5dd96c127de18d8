package dev.slate.data.format;

import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.metadata.RepetitionType;
import dev.hardwood.schema.FileSchema;
import dev.hardwood.schema.SchemaNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A column of a Parquet file, as its schema describes it.
 *
 * @param name of the field of the root
 * @param leaf number of the values' column among all columns of values; -1 where there are several
 * @param element what the numbers are, or null where the column does not hold numbers
 * @param clock what the values count, where they are points in time; else null
 * @param list whether each row has a list of values
 * @param type for people: {@code int64}, {@code list of float32}, {@code text}
 */
public record ParquetColumn(
    String name,
    int leaf,
    @Nullable Element element,
    @Nullable Clock clock,
    boolean list,
    String type) {
  private static final String TEXT = "text";

  /** What points in time are counted in, since 1970. */
  enum Clock {
    DAYS,
    MILLISECONDS,
    MICROSECONDS,
    NANOSECONDS,
    /** Nanoseconds of a day, and the day's Julian number: 12 bytes. */
    JULIAN
  }

  /**
   * The columns of a file.
   *
   * @param schema its schema
   * @return one for each field of the root
   */
  static List<ParquetColumn> of(FileSchema schema) {
    return schema.getRootNode().children().stream().map(ParquetColumn::of).toList();
  }

  /**
   * Tells whether each row has one number.
   *
   * @return true for integers and floats
   */
  public boolean isNumber() {
    return element != null && !list;
  }

  /**
   * Tells whether each row has one point in time.
   *
   * @return true for dates and timestamps
   */
  public boolean isTime() {
    return clock != null && !list;
  }

  /** Whether each row has a list of numbers. */
  boolean isVector() {
    return element != null && list;
  }

  /**
   * Tells whether it can name rows.
   *
   * @return true for text and for a number in each row
   */
  public boolean isName() {
    return !list && (element != null || isText());
  }

  /**
   * Tells whether each row has one text.
   *
   * @return true for UTF-8
   */
  public boolean isText() {
    return type.equals(TEXT);
  }

  /** Whether float32 does not hold all its numbers. */
  boolean rounds() {
    return element != null && element.rounds();
  }

  @Override
  public String toString() {
    return name + " (" + type + ")";
  }

  private static ParquetColumn of(SchemaNode field) {
    return switch (field) {
      case SchemaNode.PrimitiveNode single -> {
        boolean list = single.repetitionType() == RepetitionType.REPEATED;
        yield of(single.name(), single, list);
      }
      case SchemaNode.GroupNode group ->
          group.isList() && group.getListElement() instanceof SchemaNode.PrimitiveNode single
              ? of(group.name(), single, true)
              : new ParquetColumn(group.name(), -1, null, null, group.isList(), type(group));
    };
  }

  private static ParquetColumn of(String name, SchemaNode.PrimitiveNode single, boolean list) {
    Element element = element(single);
    String type = element == null ? type(single) : element.toString();
    return new ParquetColumn(
        name, single.columnIndex(), element, clock(single), list, list ? "list of " + type : type);
  }

  private static @Nullable Clock clock(SchemaNode.PrimitiveNode single) {
    return switch (single.logicalType()) {
      case null -> single.type() == PhysicalType.INT96 ? Clock.JULIAN : null;
      case LogicalType.DateType date -> Clock.DAYS;
      case LogicalType.TimestampType time ->
          switch (time.unit()) {
            case MILLIS -> Clock.MILLISECONDS;
            case MICROS -> Clock.MICROSECONDS;
            case NANOS -> Clock.NANOSECONDS;
          };
      default -> null;
    };
  }

  private static String type(SchemaNode.GroupNode group) {
    if (group.isList()) {
      return group.getListElement() instanceof SchemaNode.GroupNode inner && inner.isList()
          ? "list of lists"
          : "list of groups";
    }
    return group.isMap() ? "map" : "group of columns";
  }

  /** What the values are called where they are no numbers. */
  private static String type(SchemaNode.PrimitiveNode single) {
    return switch (single.logicalType()) {
      case null -> single.type().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      case LogicalType.StringType text -> TEXT;
      case LogicalType.EnumType text -> TEXT;
      case LogicalType.IntType integer -> "unsigned 64-bit integers";
      default ->
          single
              .logicalType()
              .getClass()
              .getSimpleName()
              .replaceFirst("Type$", "")
              .toLowerCase(Locale.ROOT);
    };
  }

  private static @Nullable Element element(SchemaNode.PrimitiveNode single) {
    return switch (single.logicalType()) {
      case null ->
          switch (single.type()) {
            case FLOAT -> Element.FLOAT32;
            case DOUBLE -> Element.FLOAT64;
            case INT32 -> Element.INT32;
            case INT64 -> Element.INT64;
            default -> null;
          };
      case LogicalType.Float16Type half -> Element.FLOAT16;
      case LogicalType.IntType integer ->
          switch (integer.bitWidth()) {
            case 8 -> integer.isSigned() ? Element.INT8 : Element.UINT8;
            case 16 -> integer.isSigned() ? Element.INT16 : Element.UINT16;
            case 32 -> integer.isSigned() ? Element.INT32 : Element.UINT32;
            default -> integer.isSigned() ? Element.INT64 : null;
          };
      default -> null;
    };
  }
}
