package io.waybill.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waybill.core.Outage;
import io.waybill.core.app.CommitListener;
import io.waybill.core.work.Pass;
import io.waybill.testkit.Plant;
import org.junit.jupiter.api.Test;

class QuotaRoundsTest {

  @Test
  void a_round_over_true_counters_mends_nothing_and_one_without_a_database_is_an_outage() {
    Plant plant = new Plant(CommitListener.NONE);
    Counter mended = new SimpleMeterRegistry().counter("quota_drifts_mended");
    QuotaRounds rounds = new QuotaRounds(plant.cases.quotas().reconcileQuotas(), mended);
    plant.create(1);

    assertThat(rounds.run()).isEqualTo(Pass.whole(1));
    assertThat(mended.count()).isZero();
    plant.database.down = true;
    assertThatThrownBy(rounds::run).isInstanceOf(Outage.class);
  }
}
