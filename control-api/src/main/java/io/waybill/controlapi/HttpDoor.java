package io.waybill.controlapi;

import io.micrometer.core.instrument.MeterRegistry;
import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Origin;
import io.waybill.core.access.usecase.LetBearerIn;
import io.waybill.core.access.usecase.Showing;
import io.waybill.core.app.UseCases;
import java.util.List;

/** Lets a bearer in, counts who was not, and writes down which device was, and which was not. */
final class HttpDoor {

  private static final List<ErrorCode> USUAL =
      List.of(
          ErrorCode.AUTH_API_KEY_INVALID,
          ErrorCode.AUTH_API_KEY_EXPIRED,
          ErrorCode.AUTH_TENANT_INACTIVE,
          ErrorCode.DEVICE_INACTIVE,
          ErrorCode.RATE_LIMIT_EXCEEDED,
          ErrorCode.AUTH_ISSUER_UNAVAILABLE);

  private final UseCases cases;
  private final MeterRegistry registry;

  HttpDoor(UseCases cases, MeterRegistry registry) {
    this.cases = cases;
    this.registry = registry;
    USUAL.forEach(code -> count(code, 0));
  }

  Verdict<LetBearerIn.LookUp> enter(Showing showing) {
    Verdict<LetBearerIn.LookUp> verdict =
        cases
            .access()
            .letBearerIn()
            .handle(showing, (identity, why) -> note(identity, why, showing));
    return counted(verdict).map(lookUp -> () -> heard(counted(lookUp.find())));
  }

  private Verdict<Identity> heard(Verdict<Identity> verdict) {
    if (verdict instanceof Verdict.Ok<Identity>(Identity identity) && identity.isDevice()) {
      cases.devices().hearPresence().heard(identity.tenantId(), identity.id());
    }
    return verdict;
  }

  private <T> Verdict<T> counted(Verdict<T> verdict) {
    if (verdict instanceof Verdict.Refused<T>(Refusal refusal)) {
      count(refusal.code(), 1);
    }
    return verdict;
  }

  private void count(ErrorCode code, int failures) {
    registry.counter("auth_failures", "error_code", code.code()).increment(failures);
  }

  private void note(Identity identity, ErrorCode why, Showing showing) {
    Origin origin =
        new Origin("device:" + identity.id(), showing.requestId(), "http", showing.client());
    cases.devices().noteRefusedDevice().handle(identity.tenantId(), identity.id(), why, origin);
  }
}
