package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.event.EventMonths}, where rows are kept for ever. */
public abstract class EventMonthsContract extends PortContract {

  @Test
  public void months_are_made_once_and_none_is_dropped_where_nothing_says_so() {
    int unused = read(tx -> tx.eventMonths().makeAhead());
    int again = read(tx -> tx.eventMonths().makeAhead());
    int dropped = read(tx -> tx.eventMonths().dropOldest());
    int ofAudit = read(tx -> tx.eventMonths().dropOldestAudit());
    int seals = read(tx -> tx.eventMonths().dropSeals());

    assertThat(unused).isNotNegative();
    assertThat(again).isZero();
    assertThat(dropped).isZero();
    assertThat(ofAudit).isZero();
    assertThat(seals).isZero();
  }
}
