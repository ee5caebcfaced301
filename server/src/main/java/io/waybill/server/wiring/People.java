package io.waybill.server.wiring;

import io.waybill.core.access.UserTokens;
import io.waybill.core.upload.WelcomeAnswer;
import io.waybill.oidc.IssuerSettings;
import io.waybill.oidc.OidcTokens;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.OidcSetting;
import io.waybill.server.config.ProcessSetting;
import io.waybill.server.config.StartupFailure;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The issuer whose tokens people may show, as an operator has set it. */
final class People {

  private static final List<OidcSetting> OF_AN_ISSUER =
      List.of(
          OidcSetting.AUDIENCE,
          OidcSetting.TENANT_ID,
          OidcSetting.TENANT_CLAIM,
          OidcSetting.CLIENT_ID);

  private People() {}

  static UserTokens of(Configuration configuration) {
    if (!configuration.text(OidcSetting.ISSUER).isEmpty()) {
      return new OidcTokens(settings(configuration), Authorities.tls(configuration));
    }
    for (OidcSetting each : OF_AN_ISSUER) {
      if (!configuration.text(each).isEmpty()) {
        throw new StartupFailure(
            each.variable() + " means nothing without " + OidcSetting.ISSUER.variable());
      }
    }
    return UserTokens.NONE;
  }

  /** Where people sign in with the console; null where they show their tokens by themselves. */
  static WelcomeAnswer.@Nullable SignIn signIn(Configuration configuration) {
    String client = configuration.text(OidcSetting.CLIENT_ID);
    return client.isEmpty()
        ? null
        : new WelcomeAnswer.SignIn(
            configuration.uri(OidcSetting.ISSUER).toString(),
            client,
            configuration.text(OidcSetting.SCOPE));
  }

  private static IssuerSettings settings(Configuration configuration) {
    String groups = configuration.text(OidcSetting.GROUPS_CLAIM);
    IssuerSettings.Tenant tenant = tenant(configuration);
    try {
      return new IssuerSettings(
          configuration.uri(OidcSetting.ISSUER),
          configuration.text(OidcSetting.AUDIENCE),
          configuration.text(OidcSetting.SUBJECT_CLAIM),
          groups.equals("none") ? "" : groups,
          tenant,
          !configuration.text(ProcessSetting.ENVIRONMENT).equals("production"));
    } catch (IllegalArgumentException e) {
      throw new StartupFailure(
          "%s (see WAYBILL_OIDC_* in docs/configuration.md)".formatted(e.getMessage()));
    }
  }

  private static IssuerSettings.Tenant tenant(Configuration configuration) {
    String id = configuration.text(OidcSetting.TENANT_ID);
    String claim = configuration.text(OidcSetting.TENANT_CLAIM);
    if (id.isEmpty() == claim.isEmpty()) {
      throw new StartupFailure(
          "set one of %s and %s: whose people are those of the issuer?"
              .formatted(OidcSetting.TENANT_ID.variable(), OidcSetting.TENANT_CLAIM.variable()));
    }
    try {
      return id.isEmpty()
          ? new IssuerSettings.TenantClaim(claim)
          : new IssuerSettings.OneTenant(UUID.fromString(id));
    } catch (IllegalArgumentException e) {
      throw new StartupFailure(OidcSetting.TENANT_ID.variable() + " must be a UUID");
    }
  }
}
