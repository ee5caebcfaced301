package io.waybill.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever several devices ask a gateway, it tells them what a plain model of uploads says. */
class ModelTest {
  private static final int PLAYS =
      100 * Integer.parseInt(System.getenv().getOrDefault("WAYBILL_TEST_SCALE", "1"));
  private static final int MOVES = 40;

  /** Without these, chance has left something out. */
  private static final String[] TOLD = {
    "ABORTED",
    "COMPLETED, *",
    "PAUSED",
    "UPLOADING",
    "UPLOADING until *",
    "session *",
    "request.validation_failed",
    "upload.expired EXPIRED",
    "upload.invalid_state ABORTED",
    "upload.invalid_state ABORTING",
    "upload.invalid_state COMPLETED",
    "upload.invalid_state INITIATED",
    "upload.invalid_state PAUSED",
    "upload.invalid_state UPLOADING",
    "upload.missing_parts [*",
    "upload_object.not_found",
    "upload_session.not_found"
  };

  private static Optional<String> parted(Supplier<Model> model, Dice dice, Play.Tally tally) {
    return new Play(model.get(), dice, tally).played(MOVES);
  }

  private static Play.Tally tally() {
    return new Play.Tally(new TreeMap<>());
  }

  /**
   * The shortest play that parts the two, whatever they part over, and where; empty when none does.
   */
  private static List<String> shortest(Supplier<Model> model, long seed) {
    Dice dice = Dice.seeded(seed);
    Optional<String> parted = parted(model, dice, tally());
    if (parted.isEmpty()) {
      return List.of();
    }
    int[] row =
        Shrinking.of(
            dice.chosen(), 150, choices -> parted(model, Dice.given(choices), tally()).isPresent());
    Play play = new Play(model.get(), Dice.given(row), tally());
    String sentence = play.played(MOVES).orElseThrow();
    return Stream.concat(play.story().stream(), Stream.of(sentence)).toList();
  }

  @Test
  void a_gateway_and_the_model_never_part() {
    long first = Long.getLong("waybill.test.seed", 1);
    System.out.println("ModelTest: -Dwaybill.test.seed=" + first);
    Play.Tally tally = tally();
    for (long seed = first; seed < first + PLAYS; seed++) {
      if (parted(Model::new, Dice.seeded(seed), tally).isPresent()) {
        assertThat(shortest(Model::new, seed)).as("seed %d, made short", seed).isEmpty();
      }
    }
    assertThat(tally.counts()).as("what was told").containsKeys(TOLD);
  }

  @Test
  void a_model_that_errs_is_found_out_by_a_play_of_a_few_moves() {
    assertThat(found(NoSecondPause::new))
        .hasSize(4)
        .last()
        .isEqualTo("told: PAUSED; expected: upload.invalid_state PAUSED");
    assertThat(found(NothingIsLate::new))
        .hasSizeLessThanOrEqualTo(4)
        .last()
        .asString()
        .contains("EXPIRED");
    assertThat(found(AcknowledgedIsStored::new))
        .hasSizeLessThanOrEqualTo(4)
        .anyMatch(line -> line.contains("upload.missing_parts"));
  }

  private static List<String> found(Supplier<Model> model) {
    return LongStream.rangeClosed(1, 100)
        .mapToObj(seed -> shortest(model, seed))
        .filter(story -> !story.isEmpty())
        .findFirst()
        .orElseThrow();
  }

  /** A pause is a pause once only. */
  private static final class NoSecondPause extends Model {
    @Override
    String pause(Upload upload, Instant now) {
      return seen(upload, now) == Status.PAUSED ? refused(Status.PAUSED) : super.pause(upload, now);
    }
  }

  /** An upload goes on after its end. */
  private static final class NothingIsLate extends Model {
    @Override
    Status seen(Upload upload, Instant now) {
      return upload.status;
    }
  }

  /** What a device says is as good as what storage has. */
  private static final class AcknowledgedIsStored extends Model {
    @Override
    String complete(Upload upload, Instant now) {
      upload.stored.addAll(upload.known);
      return super.complete(upload, now);
    }
  }
}
