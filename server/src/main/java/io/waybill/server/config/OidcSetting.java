package io.waybill.server.config;

/** Whose tokens people may show at the API, and what is read in them. */
public enum OidcSetting implements Setting {
  ISSUER("issuer", "", "address of the OpenID Connect issuer whose tokens are taken; empty: none"),
  AUDIENCE("audience", "", "what its tokens for us say in `aud`; needed where there is an issuer"),
  SUBJECT_CLAIM("subject-claim", "sub", "the claim that says who somebody is"),
  GROUPS_CLAIM(
      "groups-claim", "groups", "the claim that lists the groups somebody is in; `none` for none"),
  TENANT_ID("tenant-id", "", "the tenant of everybody whom the issuer vouches for"),
  TENANT_CLAIM(
      "tenant-claim", "", "instead of it: the claim that holds the id of somebody's tenant"),
  CLIENT_ID(
      "client-id", "", "the console's public client at the issuer; empty: it lets in keys alone"),
  SCOPE("scope", "openid", "what the console asks the issuer for, so that it gives a token for us");

  @SuppressWarnings("ImmutableEnumChecker") // it holds three strings
  private final Words words;

  OidcSetting(String key, String standard, String meaning) {
    this.words = new Words("waybill.oidc." + key, standard, meaning);
  }

  @Override
  public Words words() {
    return words;
  }
}
