package io.waybill.doors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which trace a request is part of. */
class TraceParentTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  @Test
  void the_trace_is_the_second_field() {
    assertThat(TraceParent.traceId("00-" + TRACE + "-b7ad6b7169203331-01")).contains(TRACE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "01-" + TRACE + "-b7ad6b7169203331-01",
        "00-" + TRACE + "-b7ad6b7169203331",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-" + TRACE + "-b7ad6b7169203331-01-more"
      })
  void what_is_no_traceparent_names_no_trace(String text) {
    assertThat(TraceParent.traceId(text)).isEmpty();
  }
}
