package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** One meaning for each kind of trouble. */
class FaultTest {

  private static Throwable with(String state) {
    return new IllegalStateException("wrapped", new SQLException("said", state));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "08000",
        "08001",
        "08003",
        "08006", // the connection
        "53000",
        "53100",
        "53200",
        "53300",
        "53400", // disk full, memory, clients
        "57000",
        "57014",
        "57P01",
        "57P02",
        "57P03",
        "57P05", // ended, crashed, starting, too slow
        "58000",
        "58030", // the system below
        "25006",
        "55P03",
        "25P03",
        "25P04" // a standby; waited too long
      })
  void a_database_that_cannot_now_is_an_outage(String state) {
    assertThat(Fault.of(with(state))).isEqualTo(Fault.OUTAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01", "26000"})
  void work_that_others_were_in_the_way_of_runs_again(String state) {
    assertThat(Fault.of(with(state))).isEqualTo(Fault.COLLISION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"23505", "23503", "22021", "22008", "42601", "42703", "0A000", "XX000"})
  void a_statement_that_can_never_work_is_a_defect(String state) {
    assertThat(Fault.of(with(state))).isEqualTo(Fault.DEFECT);
  }

  @Test
  void a_plan_that_a_migration_has_outdated_runs_again_in_every_language_of_the_server() {
    SQLException german =
        new PSQLException(
            new ServerErrorMessage(
                "SFEHLER\0C0A000\0Mgecachter Plan darf den Ergebnistyp nicht ändern\0"
                    + "RRevalidateCachedQuery\0\0"));

    assertThat(Fault.of(german)).isEqualTo(Fault.COLLISION);
    assertThat(Fault.isLoss(german)).isTrue();
  }

  @Test
  void a_pool_that_gives_no_connection_is_an_outage_though_it_names_no_state() {
    assertThat(Fault.of(new SQLTransientConnectionException("request timed out")))
        .isEqualTo(Fault.OUTAGE);
  }

  @Test
  void what_is_no_fault_of_the_database_is_a_defect() {
    assertThat(Fault.of(new IllegalArgumentException("a bug"))).isEqualTo(Fault.DEFECT);
    assertThat(Fault.of(new SQLException("no state at all"))).isEqualTo(Fault.DEFECT);
  }

  @Test
  void after_a_fail_over_the_connections_to_the_standby_are_given_up() {
    assertThat(Fault.isLoss(with("25006"))).isTrue();
    assertThat(Fault.isLoss(with("57P01"))).isTrue();
    assertThat(Fault.isLoss(with("08006"))).isTrue();
    assertThat(Fault.isLoss(with("53100"))).isFalse();
  }
}
