package io.waybill.validators;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.waybill.core.dataset.ValidationStatus;
import io.waybill.core.validation.FileInspector.Judgement;
import io.waybill.core.validation.FileInspector.Subject;
import io.waybill.validators.reading.DatasetValidator;
import io.waybill.validators.reading.InspectionLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every reader. */
class ValidatorsTest {

  private static final int FILES = 200;

  static List<DatasetValidator> readers() {
    return Validators.all();
  }

  @Test
  void every_reader_has_a_name_of_its_own_and_its_line_in_the_page() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "validation.md"));

    assertThat(readers()).extracting(reader -> reader.kind().name()).doesNotHaveDuplicates();
    for (DatasetValidator reader : readers()) {
      assertThat(page).contains("| `" + reader.kind().name() + "` |");
      assertThat(reader.kind().endings()).allMatch(ending -> page.contains("`" + ending + "`"));
    }
  }

  @ParameterizedTest
  @MethodSource("readers")
  void an_empty_file_fails_with_a_place(DatasetValidator reader) {
    Judgement judgement = Looks.at(reader, new byte[0]);

    assertThat(judgement.status()).isEqualTo(ValidationStatus.FAILED);
    assertThat(judgement.errors()).allMatch(error -> error.startsWith("at byte 0"));
  }

  @ParameterizedTest
  @MethodSource("readers")
  void bytes_of_chance_break_no_reader(DatasetValidator reader) {
    for (int seed = 0; seed < FILES; seed++) {
      Random random = new Random(seed);
      byte[] file = new byte[random.nextInt(1, 5000)];
      random.nextBytes(file);
      assertThat(Looks.at(reader, file).errors())
          .as("seed %d", seed)
          .noneMatch(error -> error.startsWith("the reader broke"));
    }
  }

  @ParameterizedTest
  @MethodSource("readers")
  void an_object_shorter_than_its_said_size_breaks_no_reader(DatasetValidator reader) {
    Subject file = new Subject("x" + ending(reader), "", 1L << 50);

    assertThatCode(() ->
            new InProcessInspector(List.of(reader), InspectionLimits.DEFAULT)
                .inspect(file, Sample.stored("a,b\n".getBytes(UTF_8))))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("readers")
  void a_file_of_ten_gigabytes_of_one_letter_stays_within_the_budget(DatasetValidator reader) {
    AtomicInteger ranges = new AtomicInteger();
    InProcessInspector inspector =
        new InProcessInspector(List.of(reader), InspectionLimits.DEFAULT);

    Judgement judgement =
        inspector
            .inspect(
                new Subject("x" + ending(reader), "", 10L << 30),
                (offset, length) -> {
                  ranges.incrementAndGet();
                  byte[] letters = new byte[length];
                  Arrays.fill(letters, (byte) 'a');
                  return letters;
                })
            .getFirst();

    assertThat(judgement.status()).isEqualTo(ValidationStatus.FAILED);
    assertThat(judgement.errors()).noneMatch(error -> error.startsWith("the reader broke"));
    assertThat(ranges).hasValueLessThanOrEqualTo(64);
  }

  private static String ending(DatasetValidator reader) {
    return reader.kind().endings().iterator().next();
  }
}
