package io.waybill.validators.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.dataset.ValidationStatus;
import io.waybill.core.validation.FileInspector.Judgement;
import io.waybill.validators.Looks;
import io.waybill.validators.Sample;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableValidatorsTest {

  private static final CsvValidator CSV = new CsvValidator();
  private static final JsonlValidator JSONL = new JsonlValidator();
  private static final ParquetValidator PARQUET = new ParquetValidator();
  private static final SqliteValidator SQLITE = new SqliteValidator();

  @Test
  void a_table_says_its_columns() {
    Judgement judgement = look("time;\"a;b\";c\n1;2;3\n");

    assertThat(judgement.status()).isEqualTo(ValidationStatus.PASSED);
    assertThat(judgement.extracted())
        .containsEntry("columns", List.of("time", "a;b", "c"))
        .containsEntry("delimiter", ";")
        .containsEntry("lastLineEnds", true);
  }

  @Test
  void a_table_whose_last_line_was_cut_off_fails() {
    assertThat(look("a,b,c\n1,2,3\n4,").errors().toString())
        .contains("at byte 12", "2 of 3 columns");
    assertThat(look("a,b,c\n1,2,3").status()).isEqualTo(ValidationStatus.PASSED);
  }

  @Test
  void steering_characters_are_not_handed_on() {
    assertThat(look("a\u001b[2J,b\u202e\n").extracted())
        .containsEntry("columns", List.of("a\uFFFD[2J", "b\uFFFD"));
  }

  @Test
  void lines_of_json_are_read_at_both_ends() {
    assertThat(json("{\"t\":1,\"x\":[1.5e3,null,{}]}\n{\"t\":2}\n").extracted())
        .containsEntry("fields", List.of("t", "x"));
    assertThat(json("{\"t\":1}\n{\"t\":").errors().toString()).contains("ends within its value");
    assertThat(json("{t:1}\n").errors()).isNotEmpty();
    assertThat(json("[".repeat(50_000) + "\n").errors().toString()).contains("too deep");
  }

  @Test
  void a_parquet_file_says_rows_and_columns() {
    byte[] file = parquet();

    Judgement judgement = Looks.at(PARQUET, file);

    assertThat(judgement.errors()).isEmpty();
    assertThat(judgement.extracted())
        .containsEntry("rows", 1000L)
        .containsEntry("columns", List.of("time", "value"))
        .containsEntry("rowGroups", 0L)
        .containsEntry("createdBy", "by hand");
    assertThat(Looks.at(PARQUET, Arrays.copyOf(file, file.length - 1)).errors().toString())
        .contains("cut off");
  }

  @Test
  void a_footer_beyond_the_file_is_not_believed() {
    byte[] file = Sample.little().latin("PAR1").u32(0).u32(0x7fff_ffff).latin("PAR1").bytes();

    assertThat(Looks.at(PARQUET, file).errors().toString()).contains("longer than the file");
  }

  @Test
  void a_footer_nested_without_end_is_not_followed() {
    Sample file = Sample.little().latin("PAR1");
    for (int depth = 0; depth < 10_000; depth++) {
      file.u8(0x1c);
    }

    assertThat(Looks.at(PARQUET, file.u32(10_000).latin("PAR1").bytes()).errors().toString())
        .contains("too deep");
  }

  @Test
  void a_database_says_its_tables() {
    byte[] file = database(2);

    Judgement judgement = Looks.at(SQLITE, file);

    assertThat(judgement.errors()).isEmpty();
    assertThat(judgement.extracted())
        .containsEntry("pageSize", 512L)
        .containsEntry("tables", List.of("topics"));
    assertThat(Looks.at(SQLITE, Arrays.copyOf(file, 800)).errors().toString()).contains("cut off");
  }

  @Test
  void pages_that_go_round_in_a_circle_are_read_once() {
    byte[] file = database(1);
    byte[] inner = Sample.big().u8(5).u16(0).u16(0).u16(0).u8(0).u32(1).bytes();
    System.arraycopy(inner, 0, file, 100, inner.length);

    assertThat(Looks.at(SQLITE, file).errors().toString()).contains("circle");
  }

  private static byte[] database(int pages) {
    byte[] row =
        Sample.big().u8(20).u8(1).u8(3).u8(13 + 2 * 5).u8(13 + 2 * 6).latin("tabletopics").bytes();
    Sample file = Sample.big().latin("SQLite format 3\0").u16(512).upTo(24).u32(7).u32(pages);
    file.upTo(92).u32(7).upTo(100).u8(13).u16(0).u16(1).u16(450).u8(0).u16(450);
    return file.upTo(450).raw(row).upTo(512 * pages).bytes();
  }

  private static byte[] parquet() {
    Sample footer = Sample.little().u8(0x15).u8(2).u8(0x19).u8(0x3c);
    for (String name : List.of("schema", "time", "value")) {
      footer.u8(0x48).u8(name.length()).latin(name).u8(0);
    }
    footer.u8(0x16).u8(0xd0).u8(0x0f).u8(0x19).u8(0x0c);
    footer.u8(0x28).u8(7).latin("by hand").u8(0);
    return Sample.little()
        .latin("PAR1")
        .raw(footer.bytes())
        .u32(footer.size())
        .latin("PAR1")
        .bytes();
  }

  private static Judgement look(String table) {
    return Looks.at(CSV, table.getBytes(UTF_8));
  }

  private static Judgement json(String lines) {
    return Looks.at(JSONL, lines.getBytes(UTF_8));
  }
}
