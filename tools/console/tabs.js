// The first queries a visitor sees: a masked page, one customer in clear for a purpose, and the rules behind it.
const masked = `# 敏感字段按策略遮蔽 / Sensitive fields are masked
query Customers {
  customers(first: 10) {
    totalCount
    edges {
      node {
        id
        name
      }
    }
    pageInfo {
      endCursor
      hasNextPage
    }
  }
}
`;

const revealed = `# 填入客户 id 与理由 / Fill in an id and a reason
query Reveal($id: ID!, $why: String!) @purpose(code: SERVICE, reason: $why) {
  node(id: $id) {
    id
    ... on Customer {
      name
    }
  }
}
`;

const policies = `# 每个字段的策略 / The policy of each field
query Policies {
  fieldPolicies {
    type
    field
  }
}
`;

export const tabs = [
  { query: masked },
  { query: revealed, variables: JSON.stringify({ id: '', why: '回访客户 / calling the customer back' }, null, 2) },
  { query: policies },
];
