package io.waybill.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.workers.JobName;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Which workers there are is said before any database is asked. */
class WorkerJobCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @Test
  void without_a_name_every_worker_is_listed_with_what_it_does() {
    assertThat(run("run-once")).isEqualTo(CommandLine.ExitCode.USAGE);

    assertThat(errors.toString()).startsWith("which worker?");
    for (JobName job : JobName.values()) {
      assertThat(errors.toString()).containsPattern("  " + job.text() + " +" + job.does());
    }
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void a_name_that_is_none_is_an_error_of_usage_that_lists_them() {
    assertThat(run("run-once", "redriver")).isEqualTo(CommandLine.ExitCode.USAGE);

    assertThat(errors.toString())
        .startsWith("there is no worker named redriver")
        .contains("  seal");
  }

  private int run(String... arguments) {
    return new CommandLine(new WorkerJobCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(errors, true))
        .execute(arguments);
  }
}
