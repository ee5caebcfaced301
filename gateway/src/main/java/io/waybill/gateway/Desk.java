package io.waybill.gateway;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Identity;
import io.waybill.core.device.usecase.HearCommandReport.Heard;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.idempotency.Scope;
import io.waybill.core.idempotency.Unanswered;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.wire.Command;
import io.waybill.wire.DeviceNotice;
import java.util.List;
import java.util.UUID;

/**
 * What the gateway asks of the core: who a device is, its commands, and which answers are owed.
 * Every method throws {@link io.waybill.core.Outage} when database or storage do not answer.
 */
interface Desk {

  /** The device of a topic, if the registry lets it act; a refusal is audited, within reason. */
  Verdict<Identity> identify(UUID tenantId, UUID deviceId, String requestId);

  /** Carries a command out. The value of the verdict is the result as it is written. */
  Verdict<?> carryOut(Call call);

  /**
   * The device of a topic says what became of a command; refused for one that the registry does not
   * let act, and for a command that is not its own.
   */
  Verdict<Heard> hear(UUID tenantId, UUID deviceId, DeviceNotice.Result result);

  /** A device comes, which the registry must let act, or goes, whoever it is. */
  Verdict<Boolean> hear(UUID tenantId, UUID deviceId, DeviceNotice.Presence presence);

  /** Intents whose answer nobody has published although their lease has ended; now ours. */
  List<Unanswered> claimOwed();

  /** The answer is published. */
  void answered(Scope scope);

  /** One command of one caller. */
  record Call(Caller caller, Command command, RequestKey key, AnswerLimit limit) {}
}
