package io.waybill.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a gateway says while its broker is away. */
class AbsenceTest {

  @Test
  void a_long_absence_is_told_ever_more_rarely() {
    assertThat(IntStream.rangeClosed(0, 100).filter(Absence::isWorthALine))
        .containsExactly(0, 1, 2, 4, 8, 16, 32, 64);
  }
}
