package io.waybill.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.ErrorCode;
import io.waybill.testkit.LogCapture;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Operators read one line of an outage, and one of its end. */
class OutageLogTest {
  private static final ErrorCode DATABASE = ErrorCode.DATABASE_UNAVAILABLE;
  private static final ErrorCode STORAGE = ErrorCode.STORAGE_UNAVAILABLE;

  private final Function<String, OutageLog> logs = OutageLog.ofMany();

  @Test
  void what_takes_every_job_along_is_said_by_one_and_its_end_by_whoever_sees_it() {
    List<OutageLog> jobs = Stream.of("redrive", "purge", "months").map(logs).toList();
    try (LogCapture log = new LogCapture()) {
      for (int round = 0; round < 3; round++) {
        jobs.forEach(job -> fails(job, DATABASE));
      }
      jobs.forEach(OutageLogTest::goesWell);

      assertThat(log.linesWith("stays due")).singleElement().asString().contains("redrive: ");
      assertThat(log.linesWith("is over")).hasSize(1);
    }
  }

  @Test
  void what_is_over_for_one_and_lasts_for_another_is_said_again() {
    OutageLog first = logs.apply("redrive");
    OutageLog second = logs.apply("purge");
    try (LogCapture log = new LogCapture()) {
      fails(first, STORAGE);
      fails(second, STORAGE);
      goesWell(second);
      fails(first, STORAGE);
      goesWell(second);
      goesWell(first);

      assertThat(log.linesWith("stays due")).hasSize(2);
      assertThat(log.linesWith("is over")).hasSize(2);
    }
  }

  private static void fails(OutageLog job, ErrorCode code) {
    job.met(code, "it does not answer");
    job.endRound();
  }

  private static void goesWell(OutageLog job) {
    job.wentWell();
    job.endRound();
  }
}
