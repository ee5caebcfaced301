package io.waybill.acceptance.described;

/**
 * One tenant, with what it has been told.
 *
 * @param word what all words begin with that it makes up: nobody else must ever read it
 * @param adminKey may do everything in the tenant
 */
record Party(String word, String adminKey, Ids ids) {

  static Party of(String word, String adminKey) {
    return new Party(word, adminKey, new Ids());
  }
}
