// The first queries a visitor sees: a masked page, one customer in clear for a purpose, and the rules behind it.
const masked = `# 敏感字段按策略遮蔽 / Masked by policy
query Customers {
  customers(first: 10) {
    totalCount
    edges {
      node {
        id
        kind
        name
        organisationName
        ageBand
        contacts(first: 2) {
          kind
          mobile
        }
        grades(first: 1) {
          band
        }
      }
    }
    pageInfo {
      endCursor
      hasNextPage
    }
  }
}
`;

const revealed = `# 填入客户 id;明文须有目的和理由,并留下证据
# Fill in an id; clear text needs a purpose and
# a reason, and leaves evidence
query Reveal($id: ID!, $why: Reason!)
@purpose(code: "SERVICE", reason: $why) {
  customer(id: $id) {
    name
    contacts(first: 2) {
      kind
      mobile
    }
  }
}
`;

const policies = `# 每个字段的策略与出处 / Each field's policy
query Policies {
  fieldPolicies(type: "Customer") {
    field
    label {
      zh
      en
    }
    level
    mask
    sealed
    readScope
    revealScope
    purposes
    cites
  }
}
`;

export const tabs = [
  { query: masked },
  { query: revealed, variables: JSON.stringify({ id: '', why: '回访客户 / calling the customer back' }, null, 2) },
  { query: policies },
];
