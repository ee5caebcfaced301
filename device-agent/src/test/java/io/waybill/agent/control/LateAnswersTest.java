package io.waybill.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LateAnswersTest {

  @Test
  void a_fault_in_the_telling_does_not_end_it() throws Exception {
    CountDownLatch told = new CountDownLatch(2);
    try (LateAnswers late =
        new LateAnswers(
            () -> "no answer yet",
            Patience.ENDLESS.unreachable(),
            (reason, left) -> {
              told.countDown();
              throw new IllegalStateException("on purpose");
            })) {
      LateAnswers.Pending question = late.begin();
      assertThat(told.await(50, TimeUnit.SECONDS)).isTrue();
      late.end(question);
    }
  }
}
