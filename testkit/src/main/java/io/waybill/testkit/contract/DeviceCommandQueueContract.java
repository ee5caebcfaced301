package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.device.CommandReport;
import io.waybill.core.device.CommandReport.Problem;
import io.waybill.core.device.CommandReport.Said;
import io.waybill.core.device.Device;
import io.waybill.core.device.DeviceCommand;
import io.waybill.core.device.DeviceCommand.Status;
import io.waybill.core.device.DeviceCommandQueue.Claimed;
import io.waybill.core.device.DeviceCommandQueue.Settled;
import io.waybill.core.device.DeviceStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.device.DeviceCommandQueue}, and what devices say of their commands. */
public abstract class DeviceCommandQueueContract extends PortContract {
  private static final int ANY_NUMBER = 100_000;
  private static final long EXPIRY = 3_600;

  private Device press;

  @BeforeEach
  void addDevice() {
    press = added("press-1");
  }

  @Test
  void a_command_is_claimed_once_until_its_lease_ends() {
    DeviceCommand command = asked(press);

    Claimed first = only(claim(1));
    assertThat(first.command()).isEqualTo(command);
    assertThat(claim(2)).as("its lease holds").isEmpty();
    Claimed second = only(claim(61));
    assertThat(second.claim()).isGreaterThan(first.claim());

    assertThat(settle(told(first, 900), 62)).as("the first one is dead").isZero();
    assertThat(settle(told(second, 900), 62)).isEqualTo(1);
    DeviceCommand sent = find(command);
    assertThat(sent.status()).isEqualTo(Status.SENT);
    assertThat(sent.course()).isEqualTo(new DeviceCommand.Course(1, at(62), null, null));
    assertThat(sent.version()).isEqualTo(2);
    assertThat(sent.updatedAt()).isEqualTo(at(62));
  }

  @Test
  void a_device_is_told_in_its_order_and_two_at_once() {
    DeviceCommand first = asked(press);
    DeviceCommand second = asked(press);
    DeviceCommand others = asked(added("press-2"));

    List<Claimed> claimed = claim(1);
    assertThat(claimed).extracting(Claimed::command).containsExactly(first, others);
    claimed.forEach(one -> settle(told(one, 900), 2));
    assertThat(only(claim(3)).command()).isEqualTo(second);
  }

  @Test
  void what_could_not_be_told_holds_up_what_is_behind_it() {
    DeviceCommand first = asked(press);
    DeviceCommand second = asked(press);

    assertThat(settle(new Settled(only(claim(1)), false, true, at(300)), 2)).isEqualTo(1);
    assertThat(claim(299)).isEmpty();
    DeviceCommand untold = find(first);
    assertThat(untold.status()).isEqualTo(Status.PENDING);
    assertThat(untold.course()).isEqualTo(new DeviceCommand.Course(1, null, null, null));
    Claimed again = only(claim(300));
    assertThat(again.command()).isEqualTo(untold);
    settle(new Settled(again, false, false, at(301)), 300);
    settle(told(only(claim(301)), 900), 301);
    assertThat(find(first).course().attempts()).isEqualTo(2);
    assertThat(only(claim(302)).command()).isEqualTo(second);
  }

  @Test
  void what_is_not_answered_is_told_again_when_it_is_due_and_at_once_for_who_comes_anew() {
    DeviceCommand first = sent(asked(press), 100);
    DeviceCommand second = sent(asked(press), 110);

    Claimed again = only(claim(100));
    assertThat(again.command()).isEqualTo(first);
    assertThat(tellAgain(101)).isEqualTo(2);
    assertThat(settle(told(again, 900), 101)).as("it came anew meanwhile").isZero();

    Claimed anew = only(claim(102));
    assertThat(anew.command()).isEqualTo(first);
    settle(told(anew, 900), 103);
    assertThat(find(first).course()).isEqualTo(new DeviceCommand.Course(2, at(1), null, null));
    assertThat(find(first).version()).isEqualTo(first.version());
    assertThat(only(claim(104)).command()).isEqualTo(second);
  }

  @Test
  void what_is_answered_is_told_no_more() {
    DeviceCommand accepted = sent(asked(press), 100);
    DeviceCommand failed = asked(press);
    Claimed untold = only(claim(2));
    heard(accepted, new CommandReport(accepted.commandId(), Said.ACCEPTED, null, Map.of()), 3);
    DeviceCommand ended =
        heard(
            failed,
            new CommandReport(
                failed.commandId(), Said.FAILED, new Problem("disk", "full"), Map.of("files", 3L)),
            4);

    assertThat(settle(told(untold, 900), 5)).isZero();
    assertThat(find(failed)).isEqualTo(ended);
    assertThat(ended.course())
        .isEqualTo(new DeviceCommand.Course(0, at(4), at(4), new Problem("disk", "full")));
    assertThat(tellAgain(6)).isZero();
    assertThat(claim(1_000)).isEmpty();
    assertThat(expire(EXPIRY)).isEmpty();
  }

  @Test
  void an_expired_command_is_never_told_and_ends_once() {
    DeviceCommand command = asked(press);
    DeviceCommand sent = sent(asked(added("press-2")), 100);

    assertThat(expire(EXPIRY - 1)).isEmpty();
    assertThat(claim(EXPIRY)).isEmpty();
    List<DeviceCommand> ended = expire(EXPIRY);
    assertThat(ended)
        .extracting(DeviceCommand::commandId)
        .containsExactlyInAnyOrder(command.commandId(), sent.commandId());
    assertThat(ended).containsExactlyInAnyOrder(find(command), find(sent));
    assertThat(find(command).status()).isEqualTo(Status.EXPIRED);
    assertThat(find(command).course().finishedAt()).isEqualTo(at(EXPIRY));
    assertThat(expire(EXPIRY + 1)).isEmpty();
  }

  @Test
  void a_device_that_may_not_act_is_told_when_it_may_again() {
    DeviceCommand command = asked(press);
    update(press.become(DeviceStatus.DISABLED, T0));
    assertThat(claim(1)).isEmpty();

    update(press.become(DeviceStatus.ACTIVE, T0));
    assertThat(claim(2)).as("it rests").isEmpty();
    assertThat(only(claim(61)).command()).isEqualTo(command);
  }

  @Test
  void another_ones_command_is_not_found() {
    DeviceCommand command = asked(press);
    Device other = added("press-2");

    Optional<DeviceCommand> anothers =
        commit(tx ->
            tx.deviceCommands().lock(press.tenantId(), other.deviceId(), command.commandId()));
    Optional<DeviceCommand> theirs =
        commit(tx ->
            tx.deviceCommands().lock(world.tenantId(), press.deviceId(), command.commandId()));
    assertThat(anothers).isEmpty();
    assertThat(theirs).isEmpty();
  }

  private Device added(String code) {
    Device device = Devices.device(world.foreign(), code, T0);
    boolean isAdded = commit(tx -> tx.devices().insert(device));
    assertThat(isAdded).isTrue();
    return device;
  }

  private void update(Device device) {
    boolean isWritten = commit(tx -> tx.devices().update(device));
    assertThat(isWritten).isTrue();
  }

  private DeviceCommand asked(Device device) {
    DeviceCommand command = Devices.command(device, T0, at(EXPIRY));
    return commit(tx -> {
      tx.deviceCommands().insert(command);
      return command;
    });
  }

  /** The same told at 1, and due again then. */
  private DeviceCommand sent(DeviceCommand command, long dueAgain) {
    List<Claimed> mine = claim(1).stream().filter(one -> one.command().equals(command)).toList();
    settle(told(only(mine), dueAgain), 1);
    return find(command);
  }

  private List<Claimed> claim(long seconds) {
    List<Claimed> all =
        read(tx ->
            tx.deviceCommandQueue().claim(at(seconds), at(seconds).plusSeconds(60), ANY_NUMBER));
    return all.stream().filter(one -> one.command().tenantId().equals(press.tenantId())).toList();
  }

  private static Claimed only(List<Claimed> claimed) {
    assertThat(claimed).hasSize(1);
    return claimed.getFirst();
  }

  private static Settled told(Claimed claimed, long dueAgain) {
    return new Settled(claimed, true, true, at(dueAgain));
  }

  private int settle(Settled outcome, long seconds) {
    return read(tx -> tx.deviceCommandQueue().settle(List.of(outcome), at(seconds)));
  }

  private int tellAgain(long seconds) {
    return read(
        tx -> tx.deviceCommandQueue().tellAgain(press.tenantId(), press.deviceId(), at(seconds)));
  }

  private List<DeviceCommand> expire(long seconds) {
    List<DeviceCommand> all = read(tx -> tx.deviceCommandQueue().expire(at(seconds), ANY_NUMBER));
    return all.stream().filter(one -> one.tenantId().equals(press.tenantId())).toList();
  }

  private DeviceCommand heard(DeviceCommand command, CommandReport report, long seconds) {
    return commit(tx -> {
      DeviceCommand after =
          tx.deviceCommands()
              .lock(command.tenantId(), command.deviceId(), command.commandId())
              .orElseThrow()
              .heard(report, at(seconds));
      tx.deviceCommands().update(after);
      return after;
    });
  }

  private DeviceCommand find(DeviceCommand command) {
    Optional<DeviceCommand> found =
        read(tx ->
            tx.deviceCommands().find(command.tenantId(), command.deviceId(), command.commandId()));
    return found.orElseThrow();
  }
}
