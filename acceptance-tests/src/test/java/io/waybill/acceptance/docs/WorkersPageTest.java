package io.waybill.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.workers.JobName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page of background work knows every worker. */
class WorkersPageTest {

  @ParameterizedTest
  @EnumSource
  void each_worker_has_its_line_and_what_to_do_when_it_is_stuck(JobName job) {
    String page = Page.of("docs/operations/workers.md").text();

    assertThat(page).contains("| `" + job.text() + "` | " + job.does() + " |");
    assertThat(page.substring(page.indexOf("## Is one stuck?")))
        .containsPattern("(?m)^\\| [^|]*`" + job.text() + "`");
  }
}
