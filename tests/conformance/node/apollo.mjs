// Runs the operations of KEHU_OPERATIONS ([{name, kind, document, variables}]) with Apollo Client, in order;
// prints {name: {data, errors, status}} as JSON. A request that is refused whole shows as errors with its HTTP status.
import { ApolloClient, CombinedGraphQLErrors, HttpLink, InMemoryCache, ServerError, gql } from '@apollo/client';

const { KEHU_URL: uri, KEHU_TOKEN: token, KEHU_OPERATIONS: operations } = process.env;

const client = new ApolloClient({
  cache: new InMemoryCache(),
  link: new HttpLink({ uri, headers: { authorization: `Bearer ${token}` } }),
  defaultOptions: { query: { errorPolicy: 'all', fetchPolicy: 'network-only' }, mutate: { errorPolicy: 'all' } },
});

const errorsOf = (error) => {
  if (!error) return { errors: [], status: 200 };
  if (CombinedGraphQLErrors.is(error)) return { errors: error.errors, status: 200 };
  if (ServerError.is(error)) return { errors: JSON.parse(error.bodyText).errors, status: error.statusCode };
  throw error;
};

const run = async ({ kind, document, variables }) => {
  const options = kind === 'mutation' ? { mutation: gql(document), variables } : { query: gql(document), variables };
  try {
    const { data, error } = await (kind === 'mutation' ? client.mutate(options) : client.query(options));
    return { data: data ?? null, ...errorsOf(error) };
  } catch (error) {
    return { data: null, ...errorsOf(error) };
  }
};

const answers = {};
for (const operation of JSON.parse(operations)) answers[operation.name] = await run(operation);
console.log(JSON.stringify(answers));
